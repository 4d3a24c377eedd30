using System.Reflection;
using Contrastive.Display;
using Xunit;

namespace Contrastive.Tests.Display;

/// <summary>What a value shows, found as a foreign kernel finds it: by names alone.</summary>
internal static class Shown
{
    public static Dictionary<string, string> ByConvention(object value)
    {
        var attribute = value.GetType().GetCustomAttributes(inherit: false).Single(each => each.GetType().Name == "TypeFormatterSourceAttribute");
        object? Read(object from, string property) => from.GetType().GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!.GetValue(from);
        var source = Activator.CreateInstance((Type)Read(attribute, "FormatterSourceType")!)!;
        var formatters = (IEnumerable<object>)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!;
        var content = new Dictionary<string, string>();
        foreach (var formatter in formatters)
        {
            using var writer = new StringWriter();
            var format = formatter.GetType().GetMethods().Single(method => method.Name == "Format");
            if ((bool)format.Invoke(formatter, [value, writer])!)
                content[(string)Read(formatter, "MimeType")!] = writer.ToString();
        }

        Assert.Equal(((string[])Read(attribute, "PreferredMimeTypes")!).Order(), formatters.Select(each => (string)Read(each, "MimeType")!).Order());
        return content;
    }
}

/// <summary>Stands in for our kernel: records what is shown.</summary>
internal sealed class Sink : IDisposable
{
    public Sink() => AppContext.SetData(SinkHost.Name, (Action<string, IReadOnlyDictionary<string, string>, bool>)((id, content, update) => Shown.Add((id, content, update))));

    public List<(string Id, IReadOnlyDictionary<string, string> Content, bool IsUpdate)> Shown { get; } = [];

    public void Dispose() => AppContext.SetData(SinkHost.Name, null);
}
