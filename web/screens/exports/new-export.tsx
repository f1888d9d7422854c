/** How is a whole list asked for? */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { type FormatName, formats, useRequestExport } from '../../board/export-button.tsx';
import { ofCreator } from '../../data/queries.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Choice } from '../../parts/choice.tsx';
import { useCreator, useHref } from '../../parts/creator.tsx';
import { Notice } from '../../parts/notice.tsx';
import { lists } from './what.ts';

export function NewExport() {
  const { creatorId } = useCreator();
  const client = useQueryClient();
  const [list, setList] = useState<(typeof lists)[number][0]>('orders');
  const [format, setFormat] = useState<FormatName>('csv');
  const [, navigate] = useLocation();
  const href = useHref();
  const request = useRequestExport();
  const start = (): void =>
    request.mutate(
      { what: { entities: list }, format },
      {
        onSuccess: ({ id }) => {
          void client.invalidateQueries({ queryKey: [ofCreator(creatorId, '/exports')] });
          navigate(href('exports', { job: id }));
        },
      },
    );
  return (
    <Card title="A whole list">
      <div className="grid gap-3">
        <Choice label="List" isLabelled value={list} options={lists} onChange={setList} />
        <Choice label="Format" isLabelled value={format} options={formats} onChange={setFormat} />
        {request.error && <Notice tone="bad">{request.error.message}</Notice>}
        <Button look="accent" disabled={request.isPending} onClick={start}>
          {request.isPending ? 'Asking …' : 'Make the file'}
        </Button>
      </div>
    </Card>
  );
}
