/** Every no. Welsh, a draft; what somebody young is told about being worried stays English. */
import type { Draft, RefusalTexts } from '../text.ts';

export const refused: Draft<RefusalTexts> = {
  still_waiting: {
    title: 'Dewisoch chi aros',
    text: 'Nid yw’r waled hon yn gwneud cyfrif newydd cyn yr amser a ddewisoch.',
  },
  rules_changed: {
    title: 'Mae’r rheolau yma wedi newid ers i chi ddangos ddiwethaf mai un person ydych chi',
    text: 'Mae’r hyn y mae’r lle hwn yn ei ddysgu, a phwy allai agor eich cyfrif, uchod, fel y mae nawr. Os yw hynny’n iawn, ewch ymlaen.',
  },
  present_again: {
    title: 'Mae eich cyfrif yn dangos unwaith eto mai cyfrif un person yw e',
    text: 'Gofynnir am hynny unwaith y mis. Mae eich waled yn ei wneud ei hun: rhowch gynnig arall arni.',
  },
  locked: { title: 'Mae’r waled wedi’i chloi', text: 'Agorwch hi eto i fynd ymlaen.' },
  lock_closed: {
    title: 'Nid agorodd hynny hi',
    text: 'Rhowch gynnig arall arni, neu defnyddiwch ffordd arall.',
  },
  lock_wait: {
    title: 'Gormod o gynigion yn olynol',
    text: 'Arhoswch ychydig. Mae ffordd arall o’i hagor yn gweithio ar unwaith.',
  },
  proof_wanted: {
    title: 'Eich cyfrinymadrodd yn gyntaf',
    text: 'Teipiwch yr un sydd gennych nawr o dan “Eich cyfrinymadrodd, i newid unrhyw beth yma”. Nid oes dim wedi newid.',
  },
  last_way: {
    title: 'Dyma’r unig ffordd o’i hagor',
    text: 'Ychwanegwch ffordd arall yn gyntaf, neu dewiswch ei bod yn agor heb ofyn.',
  },
  history_closed: {
    title: 'Nid oes dim yn agor gyda hynny',
    text: 'Naill ai un arall yw’r cyfrinymadrodd, neu ni chedwir hanes. Ni all y waled ddweud pa un.',
  },
  passkey_stopped: {
    title: 'Ni ddefnyddiwyd y gyfrinallwedd',
    text: 'Nid oes dim wedi newid. Gallwch roi cynnig arall arni.',
  },
  passkey_without_key: {
    title: 'Ni all y gyfrinallwedd hon agor waled',
    text: 'Gall eich mewngofnodi mewn lleoedd, ond nid yw’r porwr na’r ddyfais hon yn gadael iddi gadw allwedd. Dewiswch gyfrinymadrodd yn lle hynny, neu gyfrinallwedd o fath arall.',
  },
  passphrase_words: {
    title: 'Dewiswch rywbeth heblaw pedwar gair o’n rhestr',
    text: 'Mae eich pedwar gair yn ddiogel am na all neb roi cynnig arnyn nhw’n aml. Yma gellid rhoi cynnig arnyn nhw.',
  },
  otherwise: { title: 'Ni weithiodd hynny', text: 'Ni chollwyd dim. Rhowch gynnig arall arni.' },
  distrust: {
    title: 'Dywedodd rhywun rywbeth nad yw’n dal',
    text: 'Gwiriodd y waled a stopiodd, i’ch diogelu. Nid oes dim rhagor yn gadael y ddyfais hon. Rhowch gynnig arall yn nes ymlaen, a dywedwch wrth rywun rydych yn ymddiried ynddo.',
  },
  policy_refused: {
    title: 'Newidiodd rheolau’r rhwydwaith mewn ffordd nad yw’r waled hon yn ei derbyn',
    text: 'Ni lofnododd y gwarcheidwaid y newid, felly mae’r waled yn stopio yma i’ch diogelu. Os rhediad ymarfer newydd yw hwn, gadewch i’r ddyfais eich anghofio a dechreuwch eto.',
  },
  request_refused: {
    title: 'Nid gan y sawl mae’n ei ddweud y daw’r cais hwn',
    text: 'Nid oes neb ar restr y rhwydwaith hwn wedi’i lofnodi. Ni adawodd dim y ddyfais hon. Ewch i’r lle eich hun a mewngofnodwch yno.',
  },
  not_ready: {
    title: 'Heb fod yn barod eto',
    text: 'Mae’r rhwydwaith yn dal i ddechrau. Rhowch gynnig arall mewn ychydig eiliadau.',
  },
  unavailable: {
    title: 'Nid yw rhywun sydd ei angen arnom yn ateb',
    text: 'Gwiriwch eich cysylltiad. Ni chollwyd dim; rhowch gynnig arall ymhen ychydig.',
  },
  person_known: {
    title: 'Rydych chi wedi ymuno o’r blaen',
    text: 'Mae un cofnod i bob person. Mae eich pedwar gair yn dod â chi’n ôl ato.',
  },
  person_unsure: {
    title: 'Mae rhywun â’ch enw a’ch dyddiad geni wedi ymuno',
    text: 'Os chi yw hwnnw, mae eich pedwar gair yn dod â chi’n ôl. Os nad, gall y cofrestrydd edrych arno gyda chi.',
  },
  person_unknown: { title: 'Nid oes neb â’r prawf hwn wedi ymuno eto', text: 'Gallwch ymuno nawr.' },
  route_unknown: {
    title: 'Nid yw’r ffordd honno o brofi pwy ydych chi ar gael yma',
    text: 'Ni chadwyd dim. Dewiswch ffordd arall.',
  },
  evidence_pending: {
    title: 'Nid oes neb wedi tystio drosoch eto',
    text: 'Cadwch hyn ar agor tra bod y sawl sy’n tystio’n teipio’ch cod.',
  },
  evidence_unproven: {
    title: 'Ni allen nhw gadarnhau pwy ydych chi',
    text: 'Nid ydyn nhw’n dweud wrthym pam. Ni wnaethoch ddim o’i le: mae pobl a symudodd, neu sydd ag ychydig o bapurau, yn cwrdd â hyn yn aml. Gall dogfen arall neu ffordd arall weithio.',
  },
  evidence_document: {
    title: 'Ni allen nhw gadarnhau pwy ydych chi gyda’r ddogfen honno',
    text: 'Dechreuwch eto a dangoswch un arall, os oes gennych un. Neu dewiswch ffordd arall.',
  },
  evidence_later: {
    title: 'Ni allan nhw gadarnhau pwy ydych chi ar hyn o bryd',
    text: 'Gall weithio yn nes ymlaen: yfory, neu pan fyddan nhw wedi ysgrifennu atoch. Gallwch hefyd ddewis ffordd arall.',
  },
  evidence_insufficient: {
    title: 'Nid oedd hynny’n ddigon i ymuno',
    text: 'Mae angen eich enw a’ch dyddiad geni arnom, a’u bod wedi gwirio’r ddau. Dechreuwch eto ac ewch drwy eu gwiriad hunaniaeth hyd y diwedd, neu dewiswch ffordd arall.',
  },
  evidence_mismatch: {
    title: 'Mewngofnododd dau berson gwahanol',
    text: 'Efallai fod rhywun arall wedi’i fewngofnodi yno o hyd. Allgofnodwch nhw, yna dechreuwch eto fel chi eich hun.',
  },
  evidence_unavailable: {
    title: 'Nid yw’r gwasanaeth lle rydych yn profi pwy ydych chi’n ateb',
    text: 'Nid eich dyfais chi sydd ar fai. Rhowch gynnig arall ymhen ychydig, neu dewiswch ffordd arall.',
  },
  evidence_denied: {
    title: 'Stopioch chi cyn gorffen',
    text: 'Mae hynny’n iawn. Ni chadwyd dim. Gallwch ddechrau eto pan fynnwch.',
  },
  evidence_refused: {
    title: 'Ni dderbyniwyd y prawf',
    text: 'Dechreuwch eto. Gall dogfen arall weithio.',
  },
  session_unknown: { title: 'Cymerodd hyn yn rhy hir', text: 'Dechreuwch eto. Ni chadwyd dim.' },
  session_state: {
    title: 'Mae’r cam hwnnw wedi’i wneud, neu nid yw’n amser eto',
    text: 'Dechreuwch eto.',
  },
  words_wrong: {
    title: 'Nid dyna’r geiriau',
    text: 'Edrychwch ar eich papur: y drefn, a geiriau sy’n edrych yn debyg.',
  },
  words_malformed: {
    title: 'Mae angen pedwar gair o’r rhestr',
    text: 'Nid yw un ohonyn nhw ar ein rhestr.',
  },
  budget_spent: {
    title: 'Nid oes cynigion ar ôl',
    text: 'Ni all neb roi cynnig arall, felly ni all neb ddyfalu. Gallwch ofyn am ailosod.',
  },
  budget_today_spent: {
    title: 'Nid oes cynigion ar ôl heddiw',
    text: 'Mae eich geiriau’n dal i gyfrif. Dewch yn ôl yfory.',
  },
  token_spent: {
    title: 'Defnyddiwyd y mewngofnodi hwnnw’n barod',
    text: 'Mewngofnodwch unwaith eto, yna teipiwch eich geiriau.',
  },
  recall_missing: {
    title: 'Ni osodwyd geiriau',
    text: 'Felly nid oes dim y gallen nhw ei agor. Gallwch ofyn am ailosod.',
  },
  reset_waiting: {
    title: 'Nid yw’r aros ar ben',
    text: 'Dewch yn ôl pan fydd, a phrofwch pwy ydych chi eto.',
  },
  reset_too_soon: {
    title: 'Bu ailosod yn y ddwy flynedd ddiwethaf',
    text: 'Mae’n gweithio unwaith mewn dwy flynedd.',
  },
  record_suspended: {
    title: 'Mae eich cofnod wedi’i atal am y tro',
    text: 'Mae’r cofrestrydd wedi rhoi’r gorau i’w adnewyddu, oherwydd marwolaeth neu dwyll a adroddwyd. Os yw hynny’n anghywir, dywedwch wrth y cofrestrydd: mae dau berson yn edrych arno, ac ni ddileir dim o’ch eiddo yn y cyfamser.',
  },
  record_ended: {
    title: 'Daethpwyd â’r cofnod hwn i ben',
    text: 'Nid oes dim rhagor yn cael ei adnewyddu ar ei gyfer. Os ydych am ddod yn ôl, profwch pwy ydych chi a theipiwch eich pedwar gair.',
  },
  vouched_refused: {
    title: 'Nid yw’r lle hwn yn derbyn pobl y tystiwyd drostynt',
    text: 'Mae ei reolau’n dweud hynny. Mewn mannau eraill mae eich cofnod yn cyfrif fel unrhyw un arall. Os oes gennych ddogfen, gallwch ei dangos yn nes ymlaen: mae eich cofnod yn aros yr un.',
  },
  barred: {
    title: 'Rydych chi wedi’ch gwahardd yma',
    text: 'Gallwch ddarllen y rhesymau, ac apelio. Bydd rhywun arall yn ei glywed.',
  },
  suspended: {
    title: 'Rydych chi wedi’ch atal yma am y tro',
    text: 'Gallwch ddarllen y rhesymau, ac apelio.',
  },
  accounts_exhausted: {
    title: 'Mae gennych yr holl gyfrifon y gallwch eu cael yma',
    text: 'Mewngofnodwch i un ohonyn nhw yn lle hynny.',
  },
  slot_taken: { title: 'Mae gennych y cyfrif hwn yn barod', text: 'Mewngofnodwch iddo yn lle hynny.' },
  handle_taken: { title: 'Mae’r enw hwnnw wedi’i gymryd', text: 'Dewiswch un arall.' },
  account_unknown: {
    title: 'Nid oes gennych gyfrif o’r fath yma',
    text: 'Gallwch wneud un, neu ddewis un arall o’ch cyfrifon.',
  },
  account_closed: {
    title: 'Caewyd y cyfrif hwn',
    text: 'Gallwch ddefnyddio un arall o’ch cyfrifon yma.',
  },
  nonce_expired: {
    title: 'Cymerodd hyn yn rhy hir',
    text: 'Ewch yn ôl i’r lle a mewngofnodwch eto.',
  },
  nonce_spent: {
    title: 'Atebwyd hyn yn barod',
    text: 'Ewch yn ôl i’r lle a mewngofnodwch eto.',
  },
  request_unknown: {
    title: 'Nid yw’r lle’n aros am hyn bellach',
    text: 'Ewch yn ôl ato a mewngofnodwch eto.',
  },
  wrong_browser: {
    title: 'Mae’r cwestiwn hwn yn perthyn i borwr arall',
    text: 'Efallai fod rhywun wedi anfon ei ddolen atoch. Ni roddwyd dim. Ewch i’r lle eich hun.',
  },
  epoch_old: {
    title: 'Mae eich tystysgrif o gyfnod cynharach',
    text: 'Mae’r waled yn nôl un newydd. Rhowch gynnig arall arni.',
  },
  checkpoint_old: { title: 'Mae’r log a welsom yn rhy hen', text: 'Rhowch gynnig arall arni.' },
  too_many_requests: {
    title: 'Mae llawer o bobl yn dod ar unwaith o’r lle rydych chi',
    text: 'Nid oes dim o’i le arnoch chi, ac ni chollwyd dim. Arhoswch funud a rhowch gynnig arall arni.',
  },
  device_removed: {
    title: 'Tynnwyd y ddyfais hon',
    text: 'Tynnodd un arall o’ch dyfeisiau hon. Mae eich pedwar gair yn dod â chi’n ôl; yna edrychwch ar eich dyfeisiau.',
  },
  devices_full: {
    title: 'Mae gennych gymaint o ddyfeisiau ag y gallwch eu cael',
    text: 'Tynnwch un nad ydych yn ei defnyddio mwyach.',
  },
  end_waiting: {
    title: 'Nid yw’r aros ar ben',
    text: 'Dewch yn ôl ar y diwrnod a enwir yma.',
  },
  end_unasked: {
    title: 'Nid oes neb yn gofyn am ddod â’r cofnod hwn i ben nawr',
    text: 'Fe’i hataliwyd, neu ni ddywedodd neb hynny unwaith eto mewn pryd. Mae eich cofnod yn parhau.',
  },
  claim_unknown: {
    title: 'Mae’r ffordd hon o gysylltu cyfrif ar ben',
    text: 'Ewch yn ôl i’r lle a dechreuwch eto yno.',
  },
  claim_over: {
    title: 'Mae’r amser i gysylltu cyfrifon ar ben',
    text: 'Gallwch wneud cyfrif newydd yno o hyd.',
  },
  account_attached: {
    title: 'Mae’r cyfrif hwnnw’n perthyn i berson yn barod',
    text: 'Os chi biau ef ac nid chi wnaeth hyn, dywedwch wrth y bobl sy’n rhedeg y lle.',
  },
  appeal_over: {
    title: 'Mae’r amser ar gyfer apêl ar ben',
    text: 'Mae gennych yr hawl o hyd i fynd i’r llys.',
  },
};
