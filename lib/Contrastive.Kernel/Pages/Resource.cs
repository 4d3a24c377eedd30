namespace Contrastive.Kernel.Pages;

/// <summary>The files embedded in this assembly.</summary>
internal static class Resource
{
    public static string Read(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource '{name}' is missing from the kernel.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
