package dev.skein.coordinator.orders;

import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.ledger.Ledger;
import dev.skein.pipeline.link.HostLink;

/** The parts that every feature of the coordinator works with. */
public record Control(Ledger ledger, Fleet fleet, Orders orders, Healing healing, Settlement settlement) {

    /**
     * Puts them together; orders follow commits from here on.
     *
     * @param ordersMax how many orders one worker gets at once
     */
    public static Control of(Ledger ledger, Fleet fleet, HostLink link, int ordersMax) {
        var orders = new Orders(ledger, fleet, link, ordersMax);
        var settlement = new Settlement(ledger);
        ledger.listen(orders);
        ledger.listen(settlement);
        return new Control(ledger, fleet, orders, new Healing(ledger, fleet, orders), settlement);
    }
}
