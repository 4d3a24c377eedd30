// Stand-ins with the names that .NET Interactive's own types have.
#pragma warning disable IDE0130
namespace Microsoft.DotNet.Interactive;
#pragma warning restore IDE0130

public sealed class KernelInvocationContext
{
    public static KernelInvocationContext? Current { get; set; }

    public List<DisplayedValue> Displayed { get; } = [];
}

public static class KernelInvocationContextExtensions
{
    public static DisplayedValue Display(this KernelInvocationContext context, object value, params string[] mimeTypes)
    {
        context.Displayed.Add(new DisplayedValue(mimeTypes) { Values = { value } });
        return context.Displayed[^1];
    }
}

public sealed class DisplayedValue(string[] mimeTypes)
{
    public string[] MimeTypes { get; } = mimeTypes;

    public List<object> Values { get; } = [];

    public void Update(object updatedValue) => Values.Add(updatedValue);
}
