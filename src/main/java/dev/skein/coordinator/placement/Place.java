package dev.skein.coordinator.placement;

/** A candidate and how full it is by what was chosen so far. Lives as long as one plan. */
final class Place {
    private final Candidate candidate;
    private int load;

    Place(Candidate candidate) {
        this.candidate = candidate;
        this.load = candidate.running();
    }

    String workerId() {
        return candidate.workerId();
    }

    boolean isShortOfMemory() {
        return candidate.isShortOfMemory();
    }

    int load() {
        return load;
    }

    double loadPerCore() {
        return load / (double) Math.max(1, candidate.cpuCores());
    }

    boolean hasRoom() {
        return load < candidate.maxPipelines();
    }

    void changeBy(int more) {
        load += more;
    }
}
