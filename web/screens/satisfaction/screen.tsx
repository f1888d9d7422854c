/** Are buyers content? */
import { boards } from '../../../shared/kpis/boards.ts';
import { Board } from '../../board/board.tsx';

export const Screen = () => <Board title="Satisfaction" {...boards.satisfaction} />;
