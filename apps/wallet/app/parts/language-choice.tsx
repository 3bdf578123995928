/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Which language: links by their own names, each in its own language, in the footer of every screen. */
import { chooseLanguage } from '../language.ts';
import { type Language, languages, said } from '../text/text.ts';

export function LanguageChoice(props: { visiting: boolean; onChange: () => void }) {
  const choose = (language: Language) =>
    void chooseLanguage(language, props.visiting)
      .then(props.onChange)
      .catch(() => {});
  return (
    <fieldset class="languages" data-test="language">
      <legend class="unseen">{said.shell.language}</legend>
      {(Object.keys(languages) as Language[]).map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={said.lang === language}
          onClick={() => choose(language)}
          data-test={`language-${language}`}
        >
          {languages[language]}
        </button>
      ))}
    </fieldset>
  );
}
