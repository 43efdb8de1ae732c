package dev.skein.router.lane;

/**
 * How much may be on its way to one placement at once. A delivery that is larger than the whole window goes alone. Not
 * thread-safe.
 */
final class Credits {
    private final int deliveriesMax;
    private final int eventsMax;
    private final long bytesMax;
    private int deliveries;
    private int events;
    private long bytes;

    Credits(int deliveriesMax, int eventsMax, long bytesMax) {
        this.deliveriesMax = deliveriesMax;
        this.eventsMax = eventsMax;
        this.bytesMax = bytesMax;
    }

    boolean admits(int moreEvents, long moreBytes) {
        return deliveries == 0
                || (deliveries < deliveriesMax && events + moreEvents <= eventsMax && bytes + moreBytes <= bytesMax);
    }

    void take(int takenEvents, long takenBytes) {
        deliveries++;
        events += takenEvents;
        bytes += takenBytes;
    }

    void giveBack(int returnedEvents, long returnedBytes) {
        deliveries--;
        events -= returnedEvents;
        bytes -= returnedBytes;
    }

    int deliveries() {
        return deliveries;
    }
}
