using System.Text;
using Microsoft.Win32.SafeHandles;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Whirl;

// Loads one .NET action and calls its method for each request. Its lines and their answers are described in
// shared/python/interpreter.py.

using var answers = new FileStream(new SafeFileHandle(3, false), FileAccess.Write, 0);
using var requests = new StreamReader(new FileStream(new SafeFileHandle(4, false), FileAccess.Read, 64 * 1024));
var logs = Logs.Capture();
EntryPoint? entryPoint = null;
for (var line = requests.ReadLine(); line != null; line = requests.ReadLine())
{
    var words = line.Split(' ', 3);
    logs.Begin(int.Parse(words[1]));
    var (status, document) = Answer(words[0], Read(words[2]));
    var answer = $"{status} {(logs.End() ? 1 : 0)} {document}\n";
    answers.Write(Encoding.UTF8.GetBytes(answer));
}

(int, string) Answer(string kind, JObject request)
{
    try
    {
        if (kind == "INIT")
        {
            Variables.Initialize((JObject)request["env"]!);
            entryPoint = EntryPoint.Load((string)request["file"]!, (string)request["main"]!);
            return (200, "{\"ok\":true}");
        }
        Variables.Update(request);
        return Result(entryPoint!.Call(request["value"] ?? new JObject()));
    }
    catch (Exception problem)
    {
        Console.Error.WriteLine(problem);
        return Failed($"{problem.GetType().Name}: {problem.Message}");
    }
}

static (int, string) Result(object? result) => result is JObject or JArray
    ? (200, ((JToken)result).ToString(Formatting.None))
    : Failed("The action did not return a dictionary or array.");

static (int, string) Failed(string sentence) => (502, new JObject { ["error"] = sentence }.ToString(Formatting.None));

// Dates stay texts, and documents may be as deep as the server lets them.
static JObject Read(string text) => (JObject)JToken.ReadFrom(
    new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = null });
