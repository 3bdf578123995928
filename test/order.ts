/**
 * The order in which test files start: the longest first, so that no run ends with one long file on one core. A file
 * that is not named here comes after those that are; it belongs here when it takes more than ten seconds by itself.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const longestFirst = [
  'test/browser/tour.test.ts',
  'test/browser/wallet-screens.test.ts',
  'test/browser/wallet-vault.test.ts',
  'test/browser/wallet.test.ts',
  'test/interop/differential.test.ts',
  'test/browser/wallet-troubles.test.ts',
  'test/faults/network.test.ts',
  'test/flows/story.test.ts',
  'test/faults/load.test.ts',
  'test/personas/personas.test.ts',
  'practice/people/recall.test.ts',
  'practice/people/referee.test.ts',
  'test/browser/targets.test.ts',
  'practice/people/enrolment.test.ts',
  'practice/people/routes.test.ts',
  'test/faults/killed.test.ts',
  'test/browser/wallet-trace.test.ts',
  'practice/people/review.test.ts',
  'practice/people/record.test.ts',
  'practice/tour/tour.browser.test.ts',
  'test/faults/sanction-killed.test.ts',
  'test/browser/wallet-code.test.ts',
  'test/browser/wallet-access.test.ts',
  'test/faults/admission-killed.test.ts',
  'test/flows/disclosure/deliveries.test.ts',
  'test/flows/disclosure/shares.test.ts',
  'test/browser/registrar-console.test.ts',
  'test/browser/gateway-console.test.ts',
  'services/desk/console/console.test.ts',
  'practice/people/devices.test.ts',
  'services/desk/console/working-day.test.ts',
  'practice/people/keeper-faults.test.ts',
  'test/faults/gateway-killed.test.ts',
  'test/faults/desk-sweep.test.ts',
  'practice/people/dishonest-registrar.test.ts',
  'test/flows/disclosure/authority.test.ts',
  'test/flows/founding/founding.test.ts',
  'practice/people/reset.test.ts',
  'practice/people/somebody-at-home.test.ts',
  'test/flows/succession.test.ts',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = longestFirst.findIndex((path) => moduleId.endsWith(`/${path}`));
      return at < 0 ? longestFirst.length : at;
    };
    return [...files].sort((a, b) => place(a) - place(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}
