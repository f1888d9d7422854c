/**
 * What do the same models say when errors grow with the level: (M,N,N), (M,A,N), (M,Ad,N)? The recursions of states are those of absolute
 * errors (Hyndman et al. 2008, 2.5); the likelihood is another. For positive values only.
 */
import { minimiseMany, minimiseOne } from './minimise.ts';
import { aiccOf, alphaBounds, betaBounds, parametersOf, phiBounds, type Smoothing } from './smoothing.ts';

interface States {
  level: number;
  slope: number;
}

interface Parameters {
  alpha: number;
  beta: number;
  phi: number;
  hasSlope: boolean;
}

/**
 * First states by least squares; with `before`, weighted by one over the squared values that those states give. Two turns of it come close
 * to the most likely ones.
 */
function firstStates(values: readonly number[], { alpha, beta, phi, hasSlope }: Parameters, before?: States): States {
  const origin = values[0] ?? 0;
  const moreLevel = before ? before.level - origin : 0;
  const moreSlope = before ? before.slope : 0;
  let [level, slope] = [0, 0];
  let [levelOfLevel, slopeOfLevel, levelOfSlope, slopeOfSlope] = [1, 0, 0, hasSlope ? 1 : 0];
  let [byLevel, bySlope, levels, slopes, both] = [0, 0, 0, 0, 0];
  for (const value of values) {
    const fall = phi * slope;
    const fallOfLevel = phi * slopeOfLevel;
    const fallOfSlope = phi * slopeOfSlope;
    const error = value - origin - level - fall;
    const errorOfLevel = levelOfLevel + fallOfLevel;
    const errorOfSlope = levelOfSlope + fallOfSlope;
    let weight = 1;
    if (before) {
      const mean = value - error + moreLevel * errorOfLevel + moreSlope * errorOfSlope;
      // A state near zero would outweigh all others.
      weight = 1 / Math.max(mean * mean, 1e-4 * value * value);
    }
    byLevel += weight * error * errorOfLevel;
    bySlope += weight * error * errorOfSlope;
    levels += weight * errorOfLevel * errorOfLevel;
    slopes += weight * errorOfSlope * errorOfSlope;
    both += weight * errorOfLevel * errorOfSlope;
    level += fall + alpha * error;
    slope = fall + beta * error;
    levelOfLevel = errorOfLevel * (1 - alpha);
    slopeOfLevel = fallOfLevel - beta * errorOfLevel;
    levelOfSlope = errorOfSlope * (1 - alpha);
    slopeOfSlope = fallOfSlope - beta * errorOfSlope;
  }
  const determinant = levels * slopes - both * both;
  if (!(determinant > 1e-12 * levels * slopes)) return { level: origin + byLevel / levels, slope: 0 };
  return {
    level: origin + (byLevel * slopes - bySlope * both) / determinant,
    slope: (bySlope * levels - byLevel * both) / determinant,
  };
}

/** n ln(Σ (e/μ)² / n) + 2 Σ ln μ, and the states after the last value; cost Infinity where a model's value is not positive. */
function courseOf(values: readonly number[], parameters: Parameters) {
  const { alpha, beta, phi } = parameters;
  const first = firstStates(values, parameters, firstStates(values, parameters));
  let { level, slope } = first;
  let [relative, logs, product, sse] = [0, 0, 1, 0];
  for (const value of values) {
    const fall = phi * slope;
    const mean = level + fall;
    if (!(mean > 0)) return { cost: Number.POSITIVE_INFINITY, sse: Number.POSITIVE_INFINITY, level, slope };
    const error = value - mean;
    relative += (error / mean) ** 2;
    sse += error * error;
    // One logarithm for many values.
    product *= mean;
    if (product > 1e150 || product < 1e-150) {
      logs += Math.log(product);
      product = 1;
    }
    level = mean + alpha * error;
    slope = fall + beta * error;
  }
  const n = values.length;
  const cost = n * Math.log(Math.max(relative / n, Number.MIN_VALUE)) + 2 * (logs + Math.log(product));
  return { cost, sse, level, slope };
}

/** The model of an absolute fit with relative errors instead; its search starts from that fit and from one of little smoothing. */
export function fitRelative(values: readonly number[], absolute: Smoothing): Smoothing {
  const { name } = absolute;
  const hasSlope = name !== 'ses';
  const bounds = [alphaBounds, ...(hasSlope ? [betaBounds] : []), ...(name === 'damped' ? [phiBounds] : [])];
  const read = ([alpha = 0, share = 0, phi = 1]: number[]): Parameters => ({
    alpha,
    beta: hasSlope ? alpha * share : 0,
    phi: name === 'damped' ? phi : 1,
    hasSlope,
  });
  const found = hasSlope
    ? minimiseMany(
        (at) => courseOf(values, read(at)).cost,
        bounds,
        [
          [absolute.alpha, absolute.beta / absolute.alpha, absolute.phi],
          [0.1, 0.02, 0.92],
        ],
        // The cost is a logarithm: a thousandth of it is a thousandth of nothing.
        { tolerance: 0, within: 1e-3, most: 80 },
      )
    : [minimiseOne((alpha) => courseOf(values, read([alpha])).cost, alphaBounds)];
  const parameters = read(found);
  const { cost, ...course } = courseOf(values, parameters);
  const { alpha, beta, phi } = parameters;
  return { name, alpha, beta, phi, ...course, aicc: aiccOf(cost, values.length, parametersOf[name]) };
}
