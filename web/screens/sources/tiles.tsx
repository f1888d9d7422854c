/** How does each source fare? A tile a source: its state, how new it is, what failed, what to do. */
import { useCreator } from '../../components/creator.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { mayChange, useSession } from '../../session/session-context.ts';
import { Missing } from './missing.tsx';
import { Tile } from './tile.tsx';
import { useSources } from './use-sources.ts';

export function Tiles() {
  const { creatorId } = useCreator();
  const isOurs = mayChange(useSession(), creatorId);
  return (
    <Loaded query={useSources(creatorId)} shape="h-48">
      {({ sources, missing }) => (
        <>
          <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
            {sources.map((source) => (
              <Tile key={`${source.name} ${source.shopId}`} source={source} isOurs={isOurs} />
            ))}
          </div>
          {missing.length > 0 && <Missing missing={missing} />}
        </>
      )}
    </Loaded>
  );
}
