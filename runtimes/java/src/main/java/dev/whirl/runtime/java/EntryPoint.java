package dev.whirl.runtime.java;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The method of the action (row K-22), in either or both of its forms.
///
/// @param name `class#method`
/// @param forObject takes a `JsonObject`
/// @param forArray takes a `JsonArray`
record EntryPoint(String name, Optional<Method> forObject, Optional<Method> forArray) {
    static EntryPoint find(Class<?> type, String method) throws CodeException {
        String name = type.getName() + "#" + method;
        var found = new EntryPoint(name, find(type, method, JsonObject.class), find(type, method, JsonArray.class));
        if (found.forObject.isEmpty() && found.forArray.isEmpty()) {
            throw new CodeException(
                    "There is no method '%s' that is public and static, takes a JsonObject or JsonArray and returns one."
                            .formatted(name));
        }
        return found;
    }

    private static Optional<Method> find(Class<?> type, String method, Class<?> parameter) {
        return Arrays.stream(type.getMethods())
                .filter(each -> each.getName().equals(method) && Modifier.isStatic(each.getModifiers()))
                .filter(each -> Arrays.equals(each.getParameterTypes(), new Class<?>[] {parameter}))
                .filter(each -> JsonElement.class.isAssignableFrom(each.getReturnType()))
                .findFirst()
                .map(EntryPoint::accessible);
    }

    /// The class itself need not be public.
    private static Method accessible(Method method) {
        method.setAccessible(true);
        return method;
    }

    /// @throws InvocationTargetException with what the action threw
    @Nullable
    Object call(JsonElement value) throws CodeException, InvocationTargetException, IllegalAccessException {
        Optional<Method> method = value.isJsonArray() ? forArray : forObject;
        if (method.isEmpty()) {
            throw new CodeException("The method '%s' does not take %s."
                    .formatted(name, value.isJsonArray() ? "a JsonArray" : "a JsonObject"));
        }
        return method.get().invoke(null, value);
    }
}
