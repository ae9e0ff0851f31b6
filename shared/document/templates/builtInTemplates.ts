import { type BuiltInTemplate, type BuiltInTemplateKey, builtInTemplateKeys } from './BuiltInTemplate.ts';
import { englishTemplates } from './english.ts';
import { frenchTemplates } from './french.ts';

/** A built-in template in a language: English for `en…`, French for every other. */
export function builtInTemplate(key: BuiltInTemplateKey, language: string): BuiltInTemplate {
  return (/^en(-|$)/i.test(language) ? englishTemplates : frenchTemplates)[key];
}

/** Whether this is the name of a built-in template. */
export function isBuiltInTemplate(text: string): text is BuiltInTemplateKey {
  return (builtInTemplateKeys as readonly string[]).includes(text);
}
