/** What should the numbers of the Olist sellers be? Counted from the CSV files in plain SQL, without anything of the importer's. */
import { DuckDBInstance } from '@duckdb/node-api';

/** One number of a seller on a day; a ratio's parts stand apart. */
export interface TrueNumber {
  seller: string;
  /** YYYY-MM-DD, as the file writes it: its times are local to the sellers. */
  day: string;
  measure: string;
  value: number;
}

// Times in the files are text and local to the sellers, so their first ten letters are the day; empty cells are null.
const statement = `
with orders as (
  select order_id, order_status in ('canceled', 'unavailable') as is_cancelled,
         left(order_approved_at, 10) as paid_day,
         left(order_delivered_customer_date, 10) as delivered_day,
         left(order_estimated_delivery_date, 10) as due_day
  from read_csv($orders, all_varchar = true)
),
items as (
  select order_id, seller_id, count(*) as units,
         sum(cast(round(cast(price as decimal(12, 2)) * 100) as bigint)) as price,
         sum(cast(round(cast(freight_value as decimal(12, 2)) * 100) as bigint)) as freight
  from read_csv($items, all_varchar = true)
  group by order_id, seller_id
),
reviews as (select order_id, left(review_creation_date, 10) as review_day from read_csv($reviews, all_varchar = true)),
sold as (select * from items join orders using (order_id)),
chosen as (select seller_id from sold group by seller_id order by count(*) desc, seller_id limit $sellers),
numbers as (
  select seller_id, paid_day as day, 'orders' as measure, 1 as value from sold
  union all select seller_id, paid_day, 'units', units from sold
  union all select seller_id, paid_day, 'grossSales', price from sold
  union all select seller_id, paid_day, 'shippingCharged', freight from sold
  union all select seller_id, delivered_day, 'delivered', 1 from sold
  union all select seller_id, due_day, 'due', 1 from sold where not is_cancelled
  union all select seller_id, due_day, 'onTime', 1 from sold where not is_cancelled and delivered_day <= due_day
  union all select seller_id, review_day, 'reviews', 1 from items join reviews using (order_id)
)
select seller_id as seller, day, measure, cast(sum(value) as double) as value
from numbers semi join chosen using (seller_id) where day is not null group by all having sum(value) <> 0`;

/** Every number that is not zero, by seller, day and measure, of the sellers with the most orders. */
export async function olistTruth(folder: string, sellers: number): Promise<TrueNumber[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    const file = (table: string) => `${folder}/${table}.csv*`;
    const rows = await connection.runAndReadAll(statement, {
      orders: file('orders'),
      items: file('order_items'),
      reviews: file('order_reviews'),
      sellers,
    });
    return rows.getRowObjectsJson() as unknown as TrueNumber[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
