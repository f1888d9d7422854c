/** How is a name shown that anybody may have made up? As text, by its own direction, cut where it is too long, whole on hover. */

export const Name = ({ text }: { text: string }) => (
  <bdi
    dir="auto"
    title={text.length > 40 ? text.slice(0, 500) : undefined}
    className="line-clamp-2 max-w-[28rem] min-w-[6rem] [overflow-wrap:anywhere]"
  >
    {text}
  </bdi>
);
