/** The sections of a page that have something to show, and the links to them. */

export type Section = readonly [id: string, title: string, content: string];

export function sectionList(sections: readonly Section[]): { readonly links: string; readonly body: string } {
  const shown = sections.filter(([, , content]) => content !== '');
  return {
    links: shown.map(([id, title]) => `<li><a href="#${id}">${title}</a></li>`).join(''),
    body: shown
      .map(
        ([id, title, content]) =>
          `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${content}</section>`,
      )
      .join('\n'),
  };
}
