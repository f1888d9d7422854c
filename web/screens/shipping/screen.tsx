/** Did it leave in time, and did it arrive in time? */
import { boards } from '../../../shared/kpis/boards.ts';
import { Board } from '../../board/board.tsx';

export const Screen = () => <Board title="Shipping" {...boards.shipping} />;
