/** How is a format made once and used again? Making one costs a hundred times what using it does. */
import { locale } from './say.ts';

/** Answers the format for some options in the language of the page; the same one for the same options. */
export function remembered<Options extends object, Format>(
  make: (locale: string, options: Options) => Format,
): (options: Options) => Format {
  const known = new Map<string, Format>();
  return (options) => {
    const key = locale() + JSON.stringify(options);
    const format = known.get(key) ?? make(locale(), options);
    known.set(key, format);
    return format;
  };
}
