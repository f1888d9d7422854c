/** What must hold before a number of a cohort is shown to others? Thresholds against singling anybody out. */

export interface Rules {
  /** Fewest creators of a cohort (k-anonymity, Sweeney 2002). */
  leastCreators: number;
  /** Fewest for the 10th and 90th percentile, which few creators make. */
  leastForTails: number;
  /** The largest share of a cohort's total that one creator may have. */
  mostOfOne: number;
  /** The largest share of creators who may have the same value: where all have one, it is told of each (l-diversity). */
  mostAlike: number;
  /** Fewest creators of a parent who are in none of its published parts; 0 are allowed. */
  leastOfRest: number;
  /** Significant digits of what is published. */
  digits: number;
}

export const rules: Rules = {
  leastCreators: 20,
  leastForTails: 50,
  mostOfOne: 0.25,
  mostAlike: 0.9,
  leastOfRest: 20,
  digits: 2,
};
