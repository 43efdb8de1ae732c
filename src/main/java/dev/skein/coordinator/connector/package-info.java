/**
 * The cluster's connectors: kept in the store, shown without their secrets, and sent with each program that names them.
 *
 * <p><b>Invariant:</b> a secret leaves this package only inside an order to the worker that runs the program.
 */
@NullMarked
package dev.skein.coordinator.connector;

import org.jspecify.annotations.NullMarked;
