/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** In place of everything else: another program is being put in the place of the guard. Asks for nothing. */
import { Frame, Screen } from '../parts/frame.tsx';
import { Notice } from '../parts/parts.tsx';
import { said } from '../text/text.ts';

export function CodeAlarm() {
  const text = said.code;
  return (
    <Frame practice={false}>
      <Screen title={text.alarmTitle}>
        <Notice tone="bad" role="alert" test="code-alarm">
          <p>{text.alarmLead}</p>
          <ul>
            {text.alarmItems.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </Notice>
        <p>{text.alarmMore}</p>
      </Screen>
    </Frame>
  );
}
