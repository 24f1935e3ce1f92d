package org.khokahano.http;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.ResponseTimeoutMode;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.SessionProtocol;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultNameResolver;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One lane's connections to its partner: at most one, unless the partner closes them as they come. */
final class PartnerClient implements AutoCloseable {

    private final ClientFactory factory;
    private final WebClient web;

    PartnerClient(HttpSenderSettings config, EventLoop loop) {
        HttpSenderSettings.Request request = config.request();
        ClientFactoryBuilder builder = ClientFactory.builder()
                .workerGroup(loop, false)
                .connectTimeout(config.connectTimeout())
                .idleTimeout(config.idleTimeout())
                .channelOption(ChannelOption.TCP_NODELAY, true)
                .channelOption(ChannelOption.SO_KEEPALIVE, true);
        ClientTls tls = config.tls();
        String name = request.host();
        if (tls != null) {
            tls.applyTo(builder);
            name = tls.settings().nameFor(name);
            if (!name.equals(request.host())) {
                builder.addressResolverGroupFactory(ignored -> new OtherName(request.host()));
            }
        }
        factory = builder.build();
        // No HTTP/2 without TLS: older servers choke on its preface.
        SessionProtocol protocol = request.isEncrypted() ? SessionProtocol.HTTPS : SessionProtocol.H1C;
        web = WebClient.builder(protocol, Endpoint.of(name, request.port()))
                .factory(factory)
                .responseTimeout(config.timeout())
                .responseTimeoutMode(ResponseTimeoutMode.FROM_START)
                .writeTimeout(config.timeout())
                .maxResponseLength(config.maxAnswerBytes())
                .build();
    }

    WebClient web() {
        return web;
    }

    @Override
    public void close() {
        factory.closeAsync();
    }

    /**
     * Finds the partner's host under the name that its certificate bears. Looks up names as the MLLP
     * sender does, with the JDK.
     */
    private static final class OtherName extends AddressResolverGroup<InetSocketAddress> {

        private final String host;

        OtherName(String host) {
            this.host = host;
        }

        @Override
        protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
            DefaultNameResolver jdk = new DefaultNameResolver(executor);
            return new InetSocketAddressResolver(executor, new InetNameResolver(executor) {
                @Override
                protected void doResolve(@Nullable String name, Promise<InetAddress> promise) {
                    jdk.resolve(host, promise);
                }

                @Override
                protected void doResolveAll(@Nullable String name, Promise<List<InetAddress>> promise) {
                    jdk.resolveAll(host, promise);
                }
            });
        }
    }
}
