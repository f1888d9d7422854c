/** What was sold, for how much, and what came back? */
import { boards } from '../../../shared/kpis/boards.ts';
import { Board } from '../../board/board.tsx';

export const Screen = () => <Board title="Sales" {...boards.sales} />;
