namespace Contrastive.Kernel.Scripting;

/// <summary>
/// Receives the content of <c>Display.Show</c>. No type is shared with the library: the library finds, in the AppContext
/// data, an action that takes the display's id, content by MIME type, and whether an earlier display is replaced.
/// </summary>
internal sealed class DisplaySink : IDisposable
{
    private const string Name = "Contrastive.Display.Sink";

    public DisplaySink(ICellOutput output) =>
        AppContext.SetData(Name, (Action<string, IReadOnlyDictionary<string, string>, bool>)output.Display);

    public void Dispose() => AppContext.SetData(Name, null);
}
