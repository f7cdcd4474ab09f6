using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace Whirl;

/// <summary>The method of an action: of an instance or static, with a result now or later.</summary>
sealed class EntryPoint
{
    private readonly object? instance;
    private readonly MethodInfo method;

    private EntryPoint(object? instance, MethodInfo method) => (this.instance, this.method) = (instance, method);

    /// <param name="file">the assembly</param>
    /// <param name="main"><c>Assembly::Type::Method</c></param>
    public static EntryPoint Load(string file, string main)
    {
        Directory.SetCurrentDirectory(Path.GetDirectoryName(file)!);
        var names = main.Split("::");
        var type = new Assemblies(file).LoadFromAssemblyPath(file).GetType(names[1])
            ?? throw new MissingMemberException($"the assembly has no type '{names[1]}'");
        var method = type.GetMethod(names[2])
            ?? throw new MissingMemberException($"the type '{names[1]}' has no public method '{names[2]}'");
        if (method.GetParameters().Length != 1)
        {
            throw new MissingMemberException($"the method '{names[2]}' must take one argument");
        }
        return new EntryPoint(method.IsStatic ? null : Activator.CreateInstance(type), method);
    }

    public object? Call(object argument)
    {
        try
        {
            var result = method.Invoke(instance, new[] { argument });
            if (result is not Task task)
            {
                return result;
            }
            task.GetAwaiter().GetResult();
            return task.GetType().GetProperty("Result")?.GetValue(task);
        }
        catch (TargetInvocationException problem) when (problem.InnerException != null)
        {
            ExceptionDispatchInfo.Capture(problem.InnerException).Throw();
            throw;
        }
    }

    /// <summary>The action's assemblies; those that this program has too, Newtonsoft.Json among them, are its own.</summary>
    private sealed class Assemblies : AssemblyLoadContext
    {
        private readonly AssemblyDependencyResolver resolver;

        public Assemblies(string file) => resolver = new AssemblyDependencyResolver(file);

        protected override Assembly? Load(AssemblyName name)
        {
            if (Default.Assemblies.Any(each => each.GetName().Name == name.Name))
            {
                return null;
            }
            var path = resolver.ResolveAssemblyToPath(name);
            return path == null ? null : LoadFromAssemblyPath(path);
        }
    }
}
