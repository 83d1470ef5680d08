/** Texts that cells of a workbook share by number. */
import { visitXml } from '../xml.ts';

/** All texts in the order of their numbers; runs of one text are put together, and readings beside it (`rPh`) left out. */
export function sharedTexts(document: Uint8Array): string[] {
  const texts: string[] = [];
  const text = textCollector();
  visitXml(document, {
    open: ({ name }) => {
      if (name === 'si') text.begin();
      text.open(name);
    },
    text: text.add,
    close: (name) => {
      text.close(name);
      if (name === 'si') texts.push(text.value());
    },
  });
  return texts;
}

/** Joins the `t` elements of a text. */
export function textCollector() {
  let value = '';
  let isOpen = false;
  let beside = 0;
  return {
    begin: () => {
      value = '';
    },
    open: (name: string) => {
      if (name === 'rPh') beside++;
      isOpen = name === 't' && beside === 0;
    },
    add: (part: string) => {
      if (isOpen) value += part;
    },
    close: (name: string) => {
      if (name === 'rPh') beside--;
      isOpen = false;
    },
    value: () => plain(value),
  };
}

/** Characters that XML does not take are written by their number (`_x000D_`). */
function plain(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}
