/** Do the sources deliver, and how late? */
import { Board } from '../../board/board.tsx';
import { useSubject } from '../../board/use-subject.ts';

export const Screen = () => <Board title="Operations" names={useSubject('operations')} dimensions={['source', 'failure']} />;
