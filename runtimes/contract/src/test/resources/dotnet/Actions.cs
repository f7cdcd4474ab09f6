using Newtonsoft.Json.Linq;

namespace Actions;

public class Echo
{
    public JToken Main(JToken args) => args;
}

public class NoDocument
{
    public string Main(JObject args) => "text";
}

public class Environment
{
    private readonly System.Collections.IDictionary atInit = System.Environment.GetEnvironmentVariables();

    public JObject Main(JObject args)
    {
        var names = args["names"]!.Select(each => (string)each!).ToList();
        JObject Pick(System.Collections.IDictionary from) =>
            new(names.Select(name => new JProperty(name, from[name] ?? "absent")));
        return new JObject { ["atInit"] = Pick(atInit), ["atRun"] = Pick(System.Environment.GetEnvironmentVariables()) };
    }
}

public class Prints
{
    public JObject Main(JObject args)
    {
        Console.WriteLine("one");
        Console.Error.WriteLine("two");
        Console.Write("three\nfour\n");
        Console.Error.Write($"five {args["text"]}");
        return new JObject();
    }
}

public class Slow
{
    public async Task<JObject> Main(JObject args)
    {
        await Task.Delay(Timeout.Infinite);
        return args;
    }
}

public class Fails
{
    public static JObject Main(JObject args) => throw new InvalidOperationException("no good");
}
