/** What does a seller see who comes back from consent? One sentence, and the way back. */

const inHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** `vendor` as people call it; `creatorId` where it is known whose screen to go back to. */
export const consentPage = (says: string, vendor: string, creatorId?: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${inHtml(vendor)}</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 4rem auto; padding: 0 1rem; }</style>
<h1>${inHtml(vendor)}</h1>
<p>${inHtml(says)}</p>
<p><a href="${creatorId === undefined ? '/' : `/c/${encodeURIComponent(creatorId)}/sources`}">Back to the dashboard</a></p>
</html>
`;
