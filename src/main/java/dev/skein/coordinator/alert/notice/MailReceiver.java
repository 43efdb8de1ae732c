package dev.skein.coordinator.alert.notice;

import dev.skein.coordinator.alert.AlertConfig.Mail;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.Locale;

/** Sends mail. */
final class MailReceiver implements Receiver {
    private static final int CONNECTIONS_MAX = 1;
    private static final int SUBJECT_MAX = 200;

    private final Mail mail;
    private final MailClient client;

    MailReceiver(Vertx vertx, Mail mail) {
        this.mail = mail;
        var config = new MailConfig(mail.host(), mail.port())
                .setStarttls(StartTLSOptions.valueOf(mail.tls().toUpperCase(Locale.ROOT)))
                .setMaxPoolSize(CONNECTIONS_MAX)
                .setKeepAlive(false);
        var user = mail.user();
        var password = mail.password();
        if (user == null) {
            config.setLogin(LoginOption.DISABLED);
        } else {
            config.setLogin(LoginOption.REQUIRED).setUsername(user);
            config.setPassword(password == null ? "" : password.reveal());
        }
        this.client = MailClient.create(vertx, config);
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public Future<Void> tell(Notice notice) {
        var subject = notice.headline().replaceAll("\\p{Cntrl}", " ");
        var alert = notice.alert();
        var message = new MailMessage()
                .setFrom(mail.from())
                .setTo(mail.to())
                .setSubject(subject.substring(0, Math.min(SUBJECT_MAX, subject.length())))
                .setText("""
                        %s

                        alert     %s
                        severity  %s
                        since     %s
                        resolved  %s
                        """.formatted(
                                alert.text(),
                                alert.id(),
                                alert.severity(),
                                alert.since(),
                                alert.resolvedAt() == null ? "not yet" : alert.resolvedAt()));
        return client.sendMail(message).mapEmpty();
    }

    @Override
    public void close() {
        client.close();
    }
}
