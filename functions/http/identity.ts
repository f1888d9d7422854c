/** Who asks, and may they? Identity from the token's claims, and the one rule that keeps creators apart. */
import { type Endpoint, roles as known, type Role } from '../../shared/api/endpoint.ts';
import { noSuchCreator } from '../../shared/api/refusals.ts';
import { ApiError } from '../../shared/errors.ts';

export interface Identity {
  sub: string;
  creatorId: string | undefined;
  roles: Role[];
}

export const nobody: Identity = { sub: '', creatorId: undefined, roles: [] };

/** The gateway hands claims over as text, a list as `[creator analyst]`. */
export function identityOf(claims: Record<string, unknown> | undefined): Identity {
  if (!claims) return nobody;
  const words = String(claims.roles ?? '').split(/[\s,"[\]]+/);
  return {
    sub: String(claims.sub ?? ''),
    creatorId: claims.creator_id ? String(claims.creator_id) : undefined,
    roles: known.filter((role) => words.includes(role)),
  };
}

type Open = Pick<Endpoint, 'roles'>;

/** The roles of a caller that count at an endpoint. */
const heldAt = ({ roles: held }: Identity, { roles }: Open): Role[] => held.filter((role) => roles.includes(role));

/** Does a caller reach no creator but its own at this endpoint? */
export const seesOwnOnly = (identity: Identity, endpoint: Open): boolean =>
  heldAt(identity, endpoint).every((role) => role === 'creator');

/** May they see addresses of this creator's? Analysts need numbers. */
export const isNear = (identity: Identity, creatorId: string): boolean =>
  identity.creatorId === creatorId || identity.roles.includes('admin');

/** Refuses who may not call the endpoint (forbidden), or not with this creatorId (not found). */
export function permit(identity: Identity, endpoint: Open, creatorId: string | undefined): void {
  const { roles } = endpoint;
  if (roles === 'public') return;
  if (!heldAt(identity, endpoint).length) throw new ApiError('forbidden', `This needs one of the roles ${roles.join(', ')}.`);
  if (creatorId !== undefined && seesOwnOnly(identity, endpoint) && creatorId !== identity.creatorId) throw noSuchCreator();
}
