/**
 * A histogram that is filled for every message and read once in a while: counting is one addition in a
 * list of numbers, and all that Prometheus wants to know is put into words when it asks. prom-client's own
 * looks its labels up at every observation, which costs more than passing a message on.
 */
interface Tally {
  /** How many were no longer than the bound of this place, and longer than the one before; the last: longer than all. */
  readonly counts: number[];
  sum: number;
}

export class Durations {
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  readonly name: string;
  readonly help: string;
  readonly #bounds: readonly number[];
  readonly #tallies = new Map<string, Tally>();

  constructor(name: string, help: string, bounds: readonly number[]) {
    this.name = name;
    this.help = help;
    this.#bounds = bounds;
  }

  observe(event: string, seconds: number): void {
    let tally = this.#tallies.get(event);
    if (tally === undefined) {
      tally = { counts: Array.from({ length: this.#bounds.length + 1 }, () => 0), sum: 0 };
      this.#tallies.set(event, tally);
    }
    let place = 0;
    while (place < this.#bounds.length && seconds > Number(this.#bounds[place])) place += 1;
    tally.counts[place] = Number(tally.counts[place]) + 1;
    tally.sum += seconds;
  }

  /** What a registry asks of a metric. */
  get(): Promise<object> {
    const { name, help, type, aggregator } = this;
    const values = [...this.#tallies].flatMap(([event, tally]) => this.#valuesOf(event, tally));
    return Promise.resolve({ name, help, type, aggregator, values });
  }

  /** Prometheus counts in each bucket what is in the ones before it, too. */
  #valuesOf(event: string, { counts, sum }: Tally): readonly object[] {
    let count = 0;
    const buckets = counts.map((more, place) => {
      count += more;
      return { metricName: `${this.name}_bucket`, labels: { le: this.#bounds[place] ?? '+Inf', event }, value: count };
    });
    return [
      ...buckets,
      { metricName: `${this.name}_sum`, labels: { event }, value: sum },
      { metricName: `${this.name}_count`, labels: { event }, value: count },
    ];
  }
}
