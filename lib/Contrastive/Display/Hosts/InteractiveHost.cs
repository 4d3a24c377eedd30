using System.Reflection;

namespace Contrastive.Display;

/// <summary>
/// .NET Interactive, found by type name, so that the library needs none of its packages. Its <c>display(x)</c> returns a value
/// whose <c>Update</c> has no effect once the cell has moved on; the one returned by the invocation context does update.
/// </summary>
internal sealed class InteractiveHost(object context, MethodInfo display) : IDisplayHost
{
    private const string ContextType = "Microsoft.DotNet.Interactive.KernelInvocationContext";
    private const string ExtensionsType = "Microsoft.DotNet.Interactive.KernelInvocationContextExtensions";
    private static readonly string[] Text = [MimeType.Plain];
    private static (PropertyInfo Current, MethodInfo Display)? _members;

    public bool Updates => true;

    public static IDisplayHost? Find()
    {
        _members ??= FindMembers();
        return _members is { } members && members.Current.GetValue(null) is { } context ? new InteractiveHost(context, members.Display) : null;
    }

    public Action<IDisplayable> Show(string displayId, IDisplayable value)
    {
        string[] mimeTypes = value is PlainText ? Text : [MimeType.Html, MimeType.Plain];
        var displayed = display.Invoke(null, [context, value, mimeTypes])
            ?? throw new InvalidOperationException($"{ExtensionsType}.Display returned nothing.");
        var update = displayed.GetType().GetMethod("Update", [typeof(object)])
            ?? throw new MissingMethodException(displayed.GetType().FullName, "Update");
        return newer => update.Invoke(displayed, [newer]);
    }

    private static (PropertyInfo Current, MethodInfo Display)? FindMembers()
    {
        var assemblies = AppDomain.CurrentDomain.GetAssemblies();
        var current = assemblies.Select(assembly => assembly.GetType(ContextType)).FirstOrDefault(type => type is not null)?
            .GetProperty("Current", BindingFlags.Public | BindingFlags.Static);
        var display = assemblies.Select(assembly => assembly.GetType(ExtensionsType)).FirstOrDefault(type => type is not null)?
            .GetMethods(BindingFlags.Public | BindingFlags.Static).FirstOrDefault(IsDisplay);
        return current is not null && display is not null ? (current, display) : null;
    }

    private static bool IsDisplay(MethodInfo method) =>
        method.Name == "Display" && method.GetParameters() is [_, { ParameterType: var value }, { ParameterType: var mimeTypes }]
        && value == typeof(object) && mimeTypes == typeof(string[]);
}
