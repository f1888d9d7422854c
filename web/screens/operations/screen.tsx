/** Do the sources deliver, and how late? */
import { boards } from '../../../shared/kpis/boards.ts';
import { Board } from '../../board/board.tsx';

export const Screen = () => <Board title="Operations" {...boards.operations} />;
