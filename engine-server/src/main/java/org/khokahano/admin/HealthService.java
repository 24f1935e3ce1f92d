package org.khokahano.admin;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import java.util.Map;
import java.util.function.Supplier;

/** Answers load balancers and orchestrators. Never blocks. */
final class HealthService {

    private final Json json;
    private final Supplier<Readiness> readiness;

    HealthService(Json json, Supplier<Readiness> readiness) {
        this.json = json;
        this.readiness = readiness;
    }

    /** 200 as long as the process can answer at all. */
    HttpResponse live() {
        return json.ok(Map.of("status", "live"));
    }

    /** 200 where messages are taken, 503 where not; the body says what is missing. */
    HttpResponse ready() {
        Readiness now = readiness.get();
        return json.answer(now.takesMessages() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE, now);
    }
}
