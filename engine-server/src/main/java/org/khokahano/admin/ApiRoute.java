package org.khokahano.admin;

import com.linecorp.armeria.common.HttpMethod;
import java.util.List;

/**
 * One thing that the API offers. The server's routes and the OpenAPI document are both made of these.
 *
 * @param method GET or POST
 * @param path below the server's root, with {@code {name}} for what varies
 * @param summary what it does
 * @param parameters in the query of a GET, in the JSON body of a POST
 * @param answer the record that is answered as JSON; {@code byte[]} for message bytes
 * @param handler does it
 */
record ApiRoute(
        HttpMethod method,
        String path,
        String summary,
        List<ApiParameter> parameters,
        Class<?> answer,
        Handler handler) {

    /** Answers a request, on a thread that may block. */
    interface Handler {
        /**
         * @return a value of the route's answer type
         * @throws ApiException where it cannot be done as asked
         */
        Object handle(ApiRequest request);
    }

    static ApiRoute get(String path, String summary, List<ApiParameter> parameters, Class<?> answer, Handler handler) {
        return new ApiRoute(HttpMethod.GET, path, summary, parameters, answer, handler);
    }

    static ApiRoute post(String path, String summary, List<ApiParameter> parameters, Class<?> answer, Handler handler) {
        return new ApiRoute(HttpMethod.POST, path, summary, parameters, answer, handler);
    }
}
