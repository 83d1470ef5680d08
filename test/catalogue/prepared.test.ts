import { compileDocument } from '../../catalogue/build/compile.ts';
import { preparedCatalogue } from '../../catalogue/build/prepared.ts';
import { type PreparedCatalogue, prepareCatalogue } from '../../functions/domain/catalogue/catalogue.ts';

test('the catalogue that is kept is the one that its files say', () => {
  const whole = ({ rules: { index, nameTexts, ...rules }, ...catalogue }: PreparedCatalogue) => ({
    ...{ catalogue, rules },
    index: Buffer.from(index.buffer, index.byteOffset, index.byteLength).toString('base64'),
    nameTexts: Buffer.from(nameTexts).toString(),
  });
  const [kept, said] = [preparedCatalogue(), prepareCatalogue(compileDocument())].map(whole);
  expect(kept).toEqual(said);
});
