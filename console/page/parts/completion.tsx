/** A field with completions for the word at the caret. Down and up choose, Enter and Tab accept, Escape closes. */
import type { TargetedInputEvent, TargetedKeyboardEvent } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';

const MOST_OFFERED = 8;

type Field = HTMLInputElement | HTMLTextAreaElement;

type CompletionProps = {
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Names that match the word before the caret, the best first. */
  readonly offers: (word: string, before: string) => readonly string[];
  /** The characters of a word. */
  readonly word: RegExp;
  readonly label: string;
  readonly describedBy?: string;
  readonly isFaulty?: boolean;
  readonly placeholder?: string;
  readonly rows?: number;
  readonly fieldClass?: string;
};

export function Completion(props: CompletionProps) {
  const { value, label, rows } = props;
  const id = useId();
  const field = useRef<Field>(null);
  const { names, chosen, look, take, close, onKeyDown } = useOffers(props, field);
  const common = {
    value,
    spellcheck: false,
    autocomplete: 'off',
    autocapitalize: 'none',
    placeholder: props.placeholder,
    class: `field ${props.fieldClass ?? ''}`,
    'aria-label': label,
    'aria-controls': id,
    'aria-autocomplete': 'list',
    'aria-activedescendant': names.length > 0 ? `${id}-${chosen}` : undefined,
    'aria-describedby': props.describedBy,
    'aria-invalid': props.isFaulty ?? false,
    onKeyDown,
    // After the click that may have accepted a completion.
    onBlur: () => setTimeout(close, 150),
    onInput: (event: TargetedInputEvent<Field>) => {
      props.onValue(event.currentTarget.value);
      look(event.currentTarget);
    },
  } as const;
  return (
    <div class="completion">
      {rows === undefined ? (
        <input
          {...common}
          ref={field as { current: HTMLInputElement | null }}
          type="text"
          role="combobox"
          aria-expanded={names.length > 0}
          data-main
        />
      ) : (
        <textarea {...common} ref={field as { current: HTMLTextAreaElement | null }} rows={rows} dir="ltr" wrap="off" />
      )}
      <div id={id} role="listbox" aria-label={t('offers')} hidden={names.length === 0}>
        {names.map((name, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={name}
            id={`${id}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === chosen}
            onClick={() => take(name)}
          >
            {name}
          </div>
        ))}
      </div>
    </div>
  );
}

/** The completions for the word at the caret, and which is chosen. */
function useOffers({ value, onValue, offers, word }: CompletionProps, field: { readonly current: Field | null }) {
  const [names, setNames] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState(0);
  const close = () => setNames([]);
  const wordAt = (text: string, caret: number) => text.slice(0, caret).match(word)?.[0] ?? '';

  const look = (target: Field) => {
    const caret = target.selectionStart ?? 0;
    const typed = wordAt(target.value, caret);
    const found = typed === '' ? [] : offers(typed, target.value.slice(0, caret - typed.length));
    setNames(found.length === 1 && found[0] === typed ? [] : found.slice(0, MOST_OFFERED));
    setChosen(0);
  };

  const take = (name: string) => {
    const target = field.current;
    if (!target) return;
    const caret = target.selectionStart ?? 0;
    const start = caret - wordAt(value, caret).length;
    onValue(value.slice(0, start) + name + value.slice(caret));
    close();
    requestAnimationFrame(() => {
      target.focus();
      target.setSelectionRange(start + name.length, start + name.length);
    });
  };

  const onKeyDown = (event: TargetedKeyboardEvent<Field>) => {
    const name = names[chosen];
    if (name === undefined) return;
    if (event.key === 'ArrowDown') setChosen((chosen + 1) % names.length);
    else if (event.key === 'ArrowUp') setChosen((chosen + names.length - 1) % names.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(name);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return { names, chosen, look, take, close, onKeyDown };
}
