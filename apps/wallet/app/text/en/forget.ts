/** Forgetting this device. */
export const forget = {
  title: 'Forget this device',
  text: 'Everything this wallet keeps here will be erased. Your accounts stay as they are.',
  needWords: 'To come back you need your four words.',
  noWords: 'You have no four words: without this device your accounts are lost.',
  yes: 'Forget me here',
  no: 'Keep',
  done: 'This device has forgotten you.',
};
