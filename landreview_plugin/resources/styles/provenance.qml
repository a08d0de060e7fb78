<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.40.6-Bratislava" styleCategories="Symbology|Labeling|Fields|Forms">
  <fieldConfiguration>
    <field name="key" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="value" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
  <aliases>
    <alias name="项目" field="key" index="0"/>
    <alias name="内容" field="value" index="1"/>
  </aliases>
  <splitPolicies>
    <policy policy="Duplicate" field="key"/>
    <policy policy="Duplicate" field="value"/>
  </splitPolicies>
  <duplicatePolicies>
    <policy policy="Duplicate" field="key"/>
    <policy policy="Duplicate" field="value"/>
  </duplicatePolicies>
  <defaults>
    <default applyOnUpdate="0" expression="" field="key"/>
    <default applyOnUpdate="0" expression="" field="value"/>
  </defaults>
  <constraints>
    <constraint unique_strength="0" field="key" notnull_strength="0" constraints="0" exp_strength="0"/>
    <constraint unique_strength="0" field="value" notnull_strength="0" constraints="0" exp_strength="0"/>
  </constraints>
  <constraintExpressions>
    <constraint desc="" field="key" exp=""/>
    <constraint desc="" field="value" exp=""/>
  </constraintExpressions>
  <expressionfields/>
  <editform tolerant="1"></editform>
  <editforminit/>
  <editforminitcodesource>0</editforminitcodesource>
  <editforminitfilepath></editforminitfilepath>
  <editforminitcode><![CDATA[]]></editforminitcode>
  <featformsuppress>0</featformsuppress>
  <editorlayout>generatedlayout</editorlayout>
  <editable/>
  <labelOnTop/>
  <reuseLastValue/>
  <dataDefinedFieldProperties/>
  <widgets/>
  <layerGeometryType>4</layerGeometryType>
</qgis>
