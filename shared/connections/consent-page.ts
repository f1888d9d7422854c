/** What does a seller see who comes back from consent? The way on to the dashboard, where who is signed in completes it; or one sentence, and the way back. */

const inHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

interface Page {
  /** As people call the vendor. */
  vendor: string;
  says: string;
  link: { to: string; text: string };
  /** The browser follows the link by itself. */
  goesOn?: boolean;
}

const pageOf = ({ vendor, says, link, goesOn = false }: Page): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">${goesOn ? `\n<meta http-equiv="refresh" content="0; url=${inHtml(link.to)}">` : ''}
<title>${inHtml(vendor)}</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 4rem auto; padding: 0 1rem; }</style>
<h1>${inHtml(vendor)}</h1>
<p>${inHtml(says)}</p>
<p><a href="${inHtml(link.to)}">${inHtml(link.text)}</a></p>
</html>
`;

const sourcesOf = (creatorId: string): string => `/c/${encodeURIComponent(creatorId)}/sources`;

/** Nothing is to be completed; `creatorId` where it is known whose screen to go back to. */
export const consentPage = (says: string, vendor: string, creatorId?: string): string =>
  pageOf({ vendor, says, link: { to: creatorId === undefined ? '/' : sourcesOf(creatorId), text: 'Back to the dashboard' } });

/** On to the dashboard, with what the vendor sent along; nothing is connected yet. */
export function onwardPage(
  { vendor, name }: { vendor: string; name: string },
  creatorId: string,
  query: { readonly [name: string]: string | undefined },
): string {
  const back = new URLSearchParams(Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
  const to = `${sourcesOf(creatorId)}?${new URLSearchParams({ consent: vendor, back: String(back) })}`;
  const says = 'One moment: the dashboard completes the connection. Nothing is connected before.';
  return pageOf({ vendor: name, says, link: { to, text: 'Go on in the dashboard' }, goesOn: true });
}
