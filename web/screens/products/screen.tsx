/** Which products sell, which come back? */
import { boards } from '../../../shared/kpis/boards.ts';
import { Board } from '../../board/board.tsx';

export const Screen = () => <Board title="Products" {...boards.products} />;
