/**
 * Counters of a service, in Prometheus text at /metrics. One registry per service, so that a whole
 * constellation in one process keeps them apart.
 * Must never: take a label that says who (the label names are a closed list; values are short words).
 */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const requestSecondsBuckets = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type LabelName = 'route' | 'method' | 'status' | 'code' | 'kind' | 'outcome' | 'role';

export interface Metrics {
  counter<L extends LabelName>(name: string, help: string, labels?: readonly L[]): Counter<L>;
  gauge<L extends LabelName>(name: string, help: string, labels?: readonly L[]): Gauge<L>;
  /** Seconds a request took, by route pattern, method and status. */
  observeRequest(route: string, method: string, status: number, seconds: number): void;
  /** All counters as Prometheus text. */
  text(): Promise<string>;
}

/** Metrics of the service `service`; every name gets the prefix `answerable_`. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  const requests = new Histogram({
    name: 'answerable_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: requestSecondsBuckets,
    registers: [registry],
  });
  const settings = <L extends LabelName>(name: string, help: string, labels: readonly L[]) => ({
    name: `answerable_${name}`,
    help,
    labelNames: [...labels],
    registers: [registry],
  });
  return {
    counter: (name, help, labels = []) => new Counter(settings(name, help, labels)),
    gauge: (name, help, labels = []) => new Gauge(settings(name, help, labels)),
    observeRequest: (route, method, status, seconds) =>
      requests.observe({ route, method, status: String(status) }, seconds),
    text: () => registry.metrics(),
  };
}
