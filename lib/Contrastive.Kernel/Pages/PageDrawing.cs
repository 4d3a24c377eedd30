using System.Text.Json.Nodes;

namespace Contrastive.Kernel.Pages;

/// <summary>Draws the figures of a page as PNG, just as the page shows them in its light theme.</summary>
internal static class PageDrawing
{
    private const int Width = 900;
    private const int Height = 1200;

    /// <summary>Once the page and its scripts have settled: each marked output's name and the box around what it shows.</summary>
    private const string FindFigures = """
        new Promise(resolve => {
          const settle = () => requestAnimationFrame(() => setTimeout(() => resolve(JSON.stringify(
            [...document.querySelectorAll('[data-figure]')].map(output => {
              const boxes = [...output.children].map(child => child.getBoundingClientRect()).filter(box => box.width && box.height);
              const x = Math.min(...boxes.map(box => box.left)), y = Math.min(...boxes.map(box => box.top));
              const right = Math.max(...boxes.map(box => box.right)), bottom = Math.max(...boxes.map(box => box.bottom));
              return { name: output.dataset.figure, x: x + scrollX, y: y + scrollY, width: right - x, height: bottom - y };
            }).filter(figure => figure.width > 0 && figure.height > 0))), 300));
          document.readyState === 'complete' ? settle() : addEventListener('load', settle);
        })
        """;

    public static async Task<IReadOnlyList<(string Name, byte[] Png)>> DrawAsync(string browser, string page, CancellationToken cancellation)
    {
        var session = await BrowserSession.StartAsync(browser, cancellation).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var target = await session.SendAsync("Target.createTarget", new() { ["url"] = "about:blank" }, null, cancellation).ConfigureAwait(false);
            var attached = await session.SendAsync(
                "Target.attachToTarget", new() { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true }, null, cancellation)
                .ConfigureAwait(false);
            var tab = attached["sessionId"]!.GetValue<string>();
            Task<JsonObject> Send(string method, JsonObject parameters) => session.SendAsync(method, parameters, tab, cancellation);

            await Send("Emulation.setDeviceMetricsOverride", new()
            {
                ["width"] = Width,
                ["height"] = Height,
                ["deviceScaleFactor"] = 1,
                ["mobile"] = false,
            }).ConfigureAwait(false);
            var light = new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = "light" };
            await Send("Emulation.setEmulatedMedia", new() { ["features"] = new JsonArray(light) }).ConfigureAwait(false);
            await Send("Page.enable", []).ConfigureAwait(false);
            await Send("Page.navigate", new() { ["url"] = new Uri(page).AbsoluteUri }).ConfigureAwait(false);
            var found = await Send("Runtime.evaluate", new()
            {
                ["expression"] = FindFigures,
                ["awaitPromise"] = true,
                ["returnByValue"] = true,
            }).ConfigureAwait(false);

            var pictures = new List<(string, byte[])>();
            foreach (var figure in JsonNode.Parse(found["result"]!["value"]!.GetValue<string>())!.AsArray())
            {
                var clip = (JsonObject)figure!.DeepClone();
                clip.Remove("name");
                clip["scale"] = 2;
                var shot = await Send("Page.captureScreenshot", new()
                {
                    ["format"] = "png",
                    ["captureBeyondViewport"] = true,
                    ["clip"] = clip,
                }).ConfigureAwait(false);
                pictures.Add((figure["name"]!.GetValue<string>(), Convert.FromBase64String(shot["data"]!.GetValue<string>())));
            }

            return pictures;
        }
    }
}
