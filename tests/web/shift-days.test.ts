/** Does a range move by its own length, whole months by months, and never past today? */
import { describe, expect, it } from 'vitest';
import { shiftDays } from '../../web/view/shift-days.ts';

describe('a range', () => {
  it.each([
    ['2026-03-10', '2026-03-16', -1, '2026-03-03', '2026-03-09'],
    ['2026-03-10', '2026-03-10', -1, '2026-03-09', '2026-03-09'],
    ['2026-03-01', '2026-03-31', -1, '2026-02-01', '2026-02-28'],
    ['2026-02-01', '2026-02-28', 1, '2026-03-01', '2026-03-31'],
    ['2026-01-01', '2026-03-31', -1, '2025-10-01', '2025-12-31'],
    ['2024-01-01', '2024-12-31', 1, '2025-01-01', '2025-12-31'],
    ['2026-05-06', '2026-05-19', 1, '2026-05-20', '2026-05-20'],
  ] as const)('%s to %s moves by %d to %s to %s', (from, to, direction, first, last) =>
    expect(shiftDays({ from, to }, direction, '2026-05-20')).toEqual({ from: first, to: last }),
  );

  it('that would begin after today does not move', () =>
    expect(shiftDays({ from: '2026-05-14', to: '2026-05-20' }, 1, '2026-05-20')).toBeUndefined());
});
