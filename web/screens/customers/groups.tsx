/** Which buyers are the best, and which are slipping away? Groups in words, with what each bought. */
import type { CustomersAnswer } from '../../../shared/api/customers.ts';
import { Card } from '../../components/card.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { say } from '../../formatting/say.ts';
import { useWords } from './words.ts';

type Group = CustomersAnswer['groups'][number];

export function Groups({ groups }: { groups: Group[] }) {
  const { count, money, share } = useWords();
  if (groups.length === 0) return null;
  return (
    <Card title={say('customers.groups')}>
      <div className="grid grid-cols-1 gap-3">
        <DataTable<Group>
          caption={say('customers.groups')}
          rows={groups}
          keyOf={({ group }) => group}
          columns={[
            {
              title: say('customers.group'),
              cell: ({ group }) => (
                <>
                  <span className="font-medium">{say(`customers.group.${group}`)}</span>
                  <span className="block text-soft">{say(`customers.meaning.${group}`)}</span>
                </>
              ),
            },
            {
              title: say('customers.buyers'),
              isNumber: true,
              cell: (row) => (
                <>
                  {count(row.buyers)} <span className="text-soft max-sm:hidden">{share(row.share)}</span>
                </>
              ),
            },
            {
              title: say('customers.bought'),
              isNumber: true,
              isWide: true,
              cell: ({ netSales, salesShare }) => (
                <>
                  {money(netSales)} <span className="text-soft max-sm:hidden">{share(salesShare)}</span>
                </>
              ),
            },
            { title: say('customers.daysSince'), isNumber: true, isWide: true, cell: ({ daysSince }) => count(daysSince) },
          ]}
        />
        <p className="text-sm text-soft">{say('customers.groupsHow')}</p>
      </div>
    </Card>
  );
}
