/**
 * Alerts and advice as the API has them.
 *
 * <p><b>Invariant:</b> holds nothing.
 */
@NullMarked
package dev.skein.http.api.alerts;

import org.jspecify.annotations.NullMarked;
