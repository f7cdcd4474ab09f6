using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Whirl;

/// <summary>The environment variables of an init and of each run.</summary>
static class Variables
{
    private static readonly Dictionary<string, string> Initial = new();
    private static HashSet<string> current = new();

    public static void Initialize(JObject variables)
    {
        foreach (var (name, value) in variables)
        {
            Initial[name] = Text(value);
            Environment.SetEnvironmentVariable(name, Initial[name]);
        }
    }

    /// <summary>Sets <c>__OW_KEY</c> for every field but the value, and takes back what only an earlier request set.</summary>
    public static void Update(JObject request)
    {
        var now = new HashSet<string>();
        foreach (var (key, value) in request)
        {
            if (key != "value")
            {
                var name = "__OW_" + key.ToUpperInvariant();
                Environment.SetEnvironmentVariable(name, Text(value));
                now.Add(name);
            }
        }
        foreach (var name in current.Except(now))
        {
            Environment.SetEnvironmentVariable(name, Initial.GetValueOrDefault(name));
        }
        current = now;
    }

    private static string Text(JToken? value) =>
        value?.Type == JTokenType.String ? (string)value! : value?.ToString(Formatting.None) ?? "";
}
