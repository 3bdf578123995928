/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** The providers where one can show who one is, each with what it takes. Nothing where there is one only. */
import type { RouteView } from '../boundary/actions.ts';
import { said } from '../text/text.ts';
import { Choices } from './parts.tsx';

export function Routes(props: { routes: RouteView[]; chosen: string; onChoose: (id: string) => void }) {
  if (props.routes.length < 2) return null;
  return (
    <Choices
      legend={said.join.how}
      value={props.chosen}
      onValue={props.onChoose}
      test="route"
      options={props.routes.map((route) => ({
        value: route.id,
        text: route.title,
        hint: said.join.openidNeeds,
      }))}
    />
  );
}
